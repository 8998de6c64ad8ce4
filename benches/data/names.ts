/** Names to combine: some 7,000 people before a number must tell two apart. */
const list = (text: string) => text.trim().split(/\s+/);

export const FIRST_NAMES = list(`
  Aaliyah Adam Aisha Akira Alejandro Alice Amara Amélie Ana Anders André Anna Arjun Astrid Beatriz Benjamin Björn Bruno
  Camila Carlos Chen Chloé Clara Daniel David Deepa Diego Dmitri Elena Elif Emma Erik Fatima Felix Fiona Gabriel Grace
  Hana Hannah Hassan Hugo Ibrahim Ines Ingrid Isabel Jack James Jana Jasmine João José Julia Kai Karim Katarina Kenji
  Lara Lars Laura Leila Lena Léo Liam Lina Louis Lucía Maja Marco María Marta Mateo Maya Mei Mia Milan Mohammed Nadia
  Naoko Nia Noah Olivia Omar Oscar Paula Pedro Priya Rafael Ravi Renée Rosa Ruth Samuel Sara Sofía Sven Tara Thomas
  Ulrike Uma Valentina Victor Wei William Yara Yusuf Zoé Zuzana`);

export const LAST_NAMES = list(`
  Adeyemi Ahmed Almeida Andersson Bauer Becker Bianchi Brown Castillo Chang Costa Dahl Davis Díaz Dubois Eriksson Evans
  Fernández Fischer Fontaine Fujita García Gomes Gupta Haddad Hansen Harris Hernández Hoffmann Horváth Ito Ivanova
  Jackson Jensen Johansson Jones Kaya Keller Khan Kim Kowalski Kumar Larsen Laurent Lefèvre Li Lindqvist López Mancini
  Martin Meyer Miller Moreau Müller Nakamura Nguyen Nielsen Novák Nowak Okafor Olsen Ortiz Park Patel Pereira Petrov
  Quinn Ramírez Reyes Ricci Rossi Russo Sato Schmidt Schneider Silva Singh Smith Suzuki Takahashi Tanaka Taylor Torres
  Tran Vargas Vogel Wagner Walker Wang Weber White Williams Wójcik Wong Yamamoto Yıldız Zhang Zhou`);

/** As a part of an e-mail address: without accents and capitals. */
export const plain = (name: string) => name.normalize('NFD').replace(/\p{M}/gu, '').replace(/ı/g, 'i').toLowerCase();

export const JOB_TITLES = [
  'Software Engineer',
  'Senior Engineer',
  'Engineering Manager',
  'Account Executive',
  'Support Specialist',
  'Product Manager',
  'Designer',
  'Analyst',
  'Consultant',
  'Contractor',
  'Director',
  'Executive Assistant',
  'Student',
  'Researcher',
  'Controller',
] as const;

export const PLACES = [
  { location: 'Berlin', timeZone: 'Europe/Berlin' },
  { location: 'Boston', timeZone: 'America/New_York' },
  { location: 'Bengaluru', timeZone: 'Asia/Kolkata' },
  { location: 'São Paulo', timeZone: 'America/Sao_Paulo' },
  { location: 'Sydney', timeZone: 'Australia/Sydney' },
  { location: 'Tokyo', timeZone: 'Asia/Tokyo' },
  { location: 'Remote', timeZone: 'Europe/Lisbon' },
] as const;
